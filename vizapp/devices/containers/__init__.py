"""Containers: processes of a host kernel with namespaces, a cgroup and an image of their own, and what starts them."""
