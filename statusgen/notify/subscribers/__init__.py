"""Who wants to be told by mail: a file of addresses that only the holders of a key can read.

addresses.py          what an address looks like, and when two are the same
book.py               subscribers and what each of them chose, as lines of text
components.py         components and groups by the names that people write
age_file.py           that text on the disk, encrypted with age
unsubscribe_links.py  links by which people unsubscribe
csv_file.py           from a table of another system, and to a spreadsheet
"""
