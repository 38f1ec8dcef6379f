"""What builds remember in `.statusgen/`, so that the next one does not do it again."""
