"""Small texts, one rule each: what GitHub shows is what the page shows."""

from __future__ import annotations

import cmarkgfm
import pytest
from markup.dom import github, ours

from statusgen.site.markdown import render

LISTS = """
- a
- b
%%%
Affected:
- API
- Web
%%%
Affected:
* API
* Web
%%%
Affected:
+ API
%%%
Steps:
1. a
2. b
%%%
Since
2. of May
%%%
We have
10. a number
%%%
Text
-
more
%%%
Text
-␠
%%%
1. a
2. b
10. c
%%%
3. a
4. b
%%%
0. a
%%%
1) a
2) b
%%%
1. a
2) b
%%%
- a
* b
+ c
%%%
- a
  - b
    - c
%%%
- a
    - b
        - c
%%%
- a
 - b
  - c
%%%
1. a
   - b
   - c
2. d
%%%
1. a
  - b
%%%
- a
  1. b
  2. c
%%%
10. a
    - b
%%%
- a

- b
%%%
- a
- b

- c
%%%
- a

  second paragraph
- b
%%%
- a
second line
%%%
- a
  second line
%%%
- a

text
%%%
- a

  - b

  - c
- d
%%%
- a
  ```
  x
    y
  ```
- b
%%%
1. a
   ```sh
   run
   ```
2. b
%%%
- a

      code
%%%
-     code
%%%
- > quote
- b
%%%
- # heading
- b
%%%
- a
  # heading
  b
%%%
- a
  > quote

  b
%%%
-
- b
%%%
-
  a
%%%
-

  a
%%%
- a
-
- c
%%%
* a
*

* c
%%%
-a
%%%
1.a
%%%
- a
---
b
%%%
- | a | b |
  |---|---|
  | 1 | 2 |
%%%
- a
***
- b
%%%
- [x] done
- [ ] open
%%%
- [X] done
%%%
- [x]done
%%%
1. [x] done
2. [ ] open
%%%
- [x] done

- [ ] open
%%%
- a
  - [x] done
%%%
- **bold** a
- `code` b
%%%
Text
    - not a list
%%%
   - a
   - b
%%%
- a
    b
%%%
- a

    b
%%%
1. a

   b

   c
2. d
%%%
- a
<!-- c -->
- b
"""

BLOCKS = """
# One
%%%
## Two
%%%
### Three
%%%
###### Six
%%%
####### Seven
%%%
#No space
%%%
###H
%%%
# Closed #
%%%
## Closed ####
%%%
# Not closed#
%%%
#
%%%
Text
# heading
text
%%%
Heading
=======
%%%
Heading
---
%%%
Two
lines
---
%%%
   # indented
%%%
    # code
%%%
> quote
%%%
> quote
lazy
%%%
> a
> b

> c
%%%
>a
%%%
> > nested
> back
%%%
> - a
> - b
%%%
> ```
> code
> ```
%%%
> # H
> text
%%%
Text
> quote
%%%
> quote
- list
%%%
---
%%%
***
%%%
_ _ _
%%%
- - -
%%%
Text

---

more
%%%
    code

    code
%%%
Text
    no code
%%%
Text

    code
text
%%%
```
code
```
%%%
~~~
code
~~~
%%%
````
```
````
%%%
```json
{"a": "<b>"}
```
%%%
Text
```
code
```
text
%%%
```
## no heading
- no list
%%%
  ```
  a
 b
  ```
%%%
```
not closed

still code
%%%
``` not a fence ```
%%%
| a | b |
|---|---|
| 1 | 2 |
%%%
Text
| a | b |
|---|---|
| 1 | 2 |
%%%
a | b
--|--
1 | 2
%%%
| l | c | r |
|:--|:-:|--:|
| 1 | 2 | 3 |
%%%
| a |
|---|
| b |
%%%
| a | b |
|---|---|
| 1 |
| 1 | 2 | 3 |
%%%
| a | b |
|---|
| 1 | 2 |
%%%
| a | b |
|---|---|
| `x\\|y` | **b** |
%%%
| a | b |
|---|---|
text

after
%%%
| a | b |
|---|---|
| 1 | 2 |
> quote
%%%
| a | b |
| 1 | 2 |
%%%
| a | b |
|---|---|
%%%
|a|b|
|-|-|
|[x](https://acme.example)|~~y~~|
%%%
one

two


three
%%%
one
two
%%%
  one
   two
%%%
[ref]: https://acme.example "Title"

See [ref] and [text][ref] and [ref][] and [Ref].
%%%
See [ref].

[ref]: </a b> 'T'
%%%
[a]: /x
[b]: /y
[a] [b]
%%%
[a]: /x "t" junk

[a]
%%%
[not][defined] and [not defined]
%%%
Text
[a]: /no-definition

[a]
%%%
[a]: /first
[a]: /second

[a]
"""

INLINE = """
*a* _a_ **a** __a__ ***a*** ~~a~~ ~a~
%%%
**a *b* c** *a **b** c*
%%%
snake_case_name and __init__ and a*b*c
%%%
**Note:** text
%%%
**Note:**text
%%%
**"quoted"**text
%%%
5 * 3 * 2 and 5*3*2
%%%
2 ** 3 ** 4
%%%
* not a list*
%%%
*a _b* c_
%%%
**a*b
%%%
***a** b*
%%%
*a
b*
%%%
**a

b**
%%%
~~a ~b~~
%%%
~~~a~~~ b
%%%
_a_b_c_
%%%
é_é_ *é*é
%%%
«*a*» **«a»**
%%%
*(a)* (*a*) **(a)**b
%%%
`code` ``a ` b`` ` a `
%%%
`a
b`
%%%
`*a*` *`a`*
%%%
`not closed
%%%
`` ` ``
%%%
``
%%%
\\*a\\* \\_ \\` \\# \\\\ \\a \\~ \\| \\-
%%%
a\\
b
%%%
a␠␠
b
%%%
a␠
b
%%%
a\\
%%%
`a\\`
%%%
&copy; &amp; &lt; &#65; &#x41; &nbsp;x &nosuch; &copy AT&T
%%%
a < b > c & d
%%%
[a](https://acme.example)
%%%
[a](https://acme.example "title") [b](/x 'y') [c](z (t))
%%%
[a](<x y>) [b](<>)
%%%
[a](x y)
%%%
[a]()
%%%
[a](/x_(y)) [b](/a\\)b)
%%%
[a [b] c](/x)
%%%
[a [b](/y) c](/x)
%%%
[*a*](/x) *[a](/x)* [`a]`](/x)
%%%
[a
b](/x)
%%%
[a] (/x)
%%%
[a](/x)[b](/y)
%%%
\\[a](/x)
%%%
[a\\]b](/x)
%%%
[a](/x "a\\"b")
%%%
[a](/ä?b=ö) [b](/a b) [c](/%20)
%%%
[a](javascript:alert) [b](mailto:a@b.c) [c](tel:1) [d](//acme.example) [e](#f)
%%%
![alt](/i.png) ![*alt*](/i.png "t") ![](/i.png)
%%%
[![alt](/i.png)](/x)
%%%
![a [b](/x) c](/y)
%%%
!a ! [a](/x) \\![a](/x)
%%%
https://acme.example
%%%
See https://acme.example/a_b, (https://acme.example/c) and https://acme.example/d.
%%%
https://acme.example/x_(y) (https://acme.example/x_(y))
%%%
https://acme.example/?a=1&b=2 https://acme.example/&amp; https://acme.example/&amp
%%%
www.acme.example and www.acme.example/x. xwww.acme.example
%%%
http://acme.example HTTP://ACME.EXAMPLE ftp://acme.example
%%%
https:// http://. www. https://x
%%%
*https://acme.example* **https://acme.example/a** _https://acme.example/b_
%%%
"https://acme.example" 'https://acme.example' https://acme.example!
%%%
[https://acme.example](/x) [a https://acme.example b
%%%
`https://acme.example`
%%%
https://acme.example/~a~b *
%%%
https://a_b.acme.example https://acme_x.example
%%%
<https://acme.example/a_b> <mailto:a@acme.example> <a@acme.example> <ftp://x>
%%%
<javascript:alert> < x y>
%%%
a@acme.example a.b+c-d_e@acme.example. a@b a@b. @ops a@@b.c
%%%
mailto:a@acme.example xmpp a@acme.example/b
%%%
a <!-- hidden --> b
%%%
a <!-- hidden
over lines --> b
%%%
a <!-- not closed
%%%
<!-- hidden -->
%%%
<!-- hidden
text

more -->
shown
%%%
text
<!-- hidden -->
text
%%%
Größe, ошибка, 遅延, 🙂
%%%
a\tb
%%%
10:05 UTC - 99.9 % (v2.1)
%%%
- 5 % less
%%%
#12 is fixed, C# too
%%%
+49 30 1234
%%%
1986\\. A year
%%%
=====
%%%
a
=
b
%%%
$x$ {{y}} %z%
%%%
a--b a---b ...
%%%
:smile: @user #1
"""


def snippets(text: str) -> list[str]:
    text = text.replace("␠", " ")  # editors take spaces away from the ends of lines
    return [snippet.strip("\n") for snippet in text.split("\n%%%\n")]


ALL = snippets(LISTS) + snippets(BLOCKS) + snippets(INLINE)


@pytest.mark.parametrize("text", ALL)
def test_a_snippet_looks_as_on_github(text: str) -> None:
    theirs = cmarkgfm.github_flavored_markdown_to_html(text)
    assert ours(render(text).html) == github(theirs)


def test_there_are_enough_snippets_and_none_twice() -> None:
    assert len(set(ALL)) == len(ALL) > 150
