"""Open data: tables of the facts, what describes them for machines, and the pages that explain them."""
