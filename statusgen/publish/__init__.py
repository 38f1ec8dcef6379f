"""Getting a built site to where readers find it: targets, releases, and whether it arrived."""
