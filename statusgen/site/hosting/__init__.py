"""What hosts are told, and the page that they show when the product is down."""
