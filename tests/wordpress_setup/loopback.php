<?php
/**
 * Must-use plugin of the proof: WordPress may ask one other address of this machine, which it refuses by default.
 *
 * These two filters decide which addresses WordPress asks and nothing of what it does with the answer.
 * WordPress itself is opened as localhost, the site as 127.0.0.1, so that the two are strangers to each other.
 */

add_filter(
	'http_request_host_is_external',
	function ( $external, $host ) {
		return $external || SITE_HOST === $host;
	},
	10,
	2
);

add_filter(
	'http_allowed_safe_ports',
	function ( $ports ) {
		return array_merge( $ports, array( SITE_PORT ) );
	}
);
