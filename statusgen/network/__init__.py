"""What all that goes over the network shares: looking up hosts, and trying again."""
