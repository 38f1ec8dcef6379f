"""A page repository, read: config.yml, all its texts, and what is wrong with them."""
