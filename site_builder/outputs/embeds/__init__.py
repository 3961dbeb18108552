"""The embed kit: pieces that other sites show, oEmbed answers, the host script and its data, the page that explains."""
