"""A crowd of requests: clients, the balancer that spreads them, and the servers that answer."""
