<?php
/**
 * Makes the database and a fresh WordPress in one language, with an administrator and an author.
 *
 * php install.php FOLDER LANGUAGE PASSWORD. Prints each user's key for the REST interface, and the version, as JSON.
 */

define( 'WP_INSTALLING', true );
list( , $folder, $language, $password ) = $argv;

/** Nobody is told by mail. */
function wp_new_blog_notification() {}

require $folder . '/wp-config-database.php';
$database = new mysqli( 'localhost', DB_USER, DB_PASSWORD, '', 0, DB_SOCKET );
$database->query( 'CREATE DATABASE ' . DB_NAME . ' CHARACTER SET utf8mb4' );
$database->close();

require $folder . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( 'Pašvaldība', 'admin', 'admin@host.example', true, '', $password, $language );
update_option( 'timezone_string', 'Europe/Riga' );
wp_insert_user(
	array(
		'user_login' => 'author',
		'user_pass'  => $password,
		'user_email' => 'author@host.example',
		'role'       => 'author',
	)
);

$keys = array();
foreach ( array( 'admin', 'author' ) as $name ) {
	$made          = WP_Application_Passwords::create_new_application_password( get_user_by( 'login', $name )->ID, array( 'name' => 'proof' ) );
	$keys[ $name ] = $made[0];
}
echo json_encode( array( 'version' => $GLOBALS['wp_version'], 'keys' => $keys ) );
