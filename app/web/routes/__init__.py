"""One file per group of addresses; each gives a router made from the services it needs."""
