"""The languages of a page: their catalogues, and how they write dates and numbers."""
