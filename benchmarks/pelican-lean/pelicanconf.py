"""The least that makes Pelican write incident pages, lists by tag and month, and a feed."""

SITENAME = "Acme status"
SITEURL = "https://status.acme.example"
TIMEZONE = "UTC"
PATH = "content"
THEME = "theme"
ARTICLE_URL = "incidents/{slug}/"
ARTICLE_SAVE_AS = "incidents/{slug}/index.html"
TAG_SAVE_AS = "components/{slug}/index.html"
MONTH_ARCHIVE_SAVE_AS = "history/{date:%Y-%m}/index.html"
FEED_ALL_ATOM = "history.atom"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = None
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
DEFAULT_PAGINATION = 50
LOAD_CONTENT_CACHE = False
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}}}
