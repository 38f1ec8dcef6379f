"""The words of a page in its language: dates, numbers, statuses, and what templates say."""
