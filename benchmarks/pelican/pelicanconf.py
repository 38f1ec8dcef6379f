"""Makes Pelican write the same pages as statusgen, as fast as Pelican makes them."""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent

SITENAME = "Acme status"
SITEURL = "https://status.acme.example"
ABOUT = "Acme status: what works now, what does not, and what happened before"
TIMEZONE = "Europe/Berlin"
LOCALE = ["C"]
PATH = "content"
THEME = "theme"
THEME_STATIC_DIR = "assets"
THEME_STATIC_PATHS = ["../static/assets"]
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["incidents"]

ARTICLE_PATHS = ["incidents"]
ARTICLE_ORDER_BY = "reversed-order"
TAG_URL = "components/{slug}/"
TAG_SAVE_AS = "components/{slug}/index.html"
MONTH_ARCHIVE_URL = "history/{date:%Y-%m}/"
MONTH_ARCHIVE_SAVE_AS = "history/{date:%Y-%m}/index.html"
DIRECT_TEMPLATES = ["index", "archives", "sitemap"]
ARCHIVES_SAVE_AS = "history/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
STATIC_PATHS: list[str] = []
MARKDOWN = {"extensions": ["fenced_code"]}

# What is not needed is not looked for.
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
USE_FOLDER_AS_CATEGORY = False
FILENAME_METADATA = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

COMPONENTS = json.loads((HERE / "components.json").read_bytes())
STYLE = (HERE / "assets/style.css").read_text(encoding="utf-8")
STYLE_HASH = "sha256-" + b64encode(sha256(STYLE.encode()).digest()).decode()
