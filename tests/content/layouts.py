"""The same small FAQ as a dozen people would lay it out. In each, `login` is the entry to teach."""

# ruff: noqa: E501 - the changed bytes are shown beside what they replace

from __future__ import annotations

from textwrap import dedent


def _file(text: str) -> bytes:
    return dedent(text).lstrip("\n").encode()


USUAL = _file("""
    # Questions of students
    if_no_match: |
      I don't know.

    questions:
      # --- Times ---------------
      - question: Do I have to log in?
        id: login
        topic: Times
        also_asked:
          - set times   # ask Ben
          # more to come

          - can i come "late"
        # the answer is Ben's
        answer: |
          No.

          # really not

      # --- Tools
      - question: Is it on Zoom?
        id: zoom
        also_asked:
          - teams or zoom
        answer: Yes.
        # needs: course

    # --- Other offices
    elsewhere:
      - topic: Tuition
    """)

LAYOUTS = {
    "usual": USUAL,
    "windows, with a mark at the beginning": b"\xef\xbb\xbf" + USUAL.replace(b"\n", b"\r\n"),
    "old mac": USUAL.replace(b"\n", b"\r"),
    "invisible characters in the very lines": USUAL.replace(b"- set", "- \u200bset".encode()).replace(b"late", "l\ufeffate".encode()),
    "dashes under their names, far from the text": _file("""
        questions:
        -   question: Do I have to log in?
            id: login
            also_asked:
            -   set times
            answer: >
                No.
        -   question: Is it on Zoom?
            id: zoom
            also_asked:
            -   teams or zoom
            answer: Yes.
        """),
    "in brackets": _file("""
        questions:
          - question: Do I have to log in?
            id: login
            also_asked: [set times, "late, or not"]  # short
            answer: |
              No.
          - question: Is it on Zoom?
            id: zoom
            also_asked: [ teams or zoom ]
            answer: Yes.
        """),
    "in brackets over lines": _file("""
        questions:
          - question: Do I have to log in?
            id: login
            also_asked: [
              set times,
              'late',   # Ben
            ]
            answer: No.

          - question: Is it on Zoom?
            id: zoom
            also_asked: [teams or zoom,
                         skype]
            answer: |
              Yes.
        """),
    "all in quotes": _file("""
        "questions":
          - "question": "Do I have to log in?"
            "id": "login"
            "topic": "Times"
            "also_asked":
              - "set \\"times\\""
              - "c:\\\\late"
            "answer": "No."
          - "question": 'Is it on Zoom?'
            "id": 'zoom'
            "also_asked": ['teams or zoom']
            "answer": "Yes,
              it is."
        """),
    "one wording, no list": _file("""
        questions:
        - question: Do I have to log in?
          also_asked:   set times   # Ben
          id: login
          answer: No.
        - question: Is it on Zoom?
          id: zoom
          also_asked: teams, or zoom
          answer: Yes.
        """),
    "no wordings": _file("""
        questions:
          - answer: |
              No.
            question: Do I have to log in?   # Ben
            id: login
          - question: Is it on Zoom?
            id: zoom
            topic: Tools
            also_asked:   # to come
            answer: Yes.
        """),
    "no end of the last line": USUAL[: USUAL.index(b"\n    # needs")].replace(b"    answer: Yes.", b"    answer: 'Yes.'"),
    "texts over lines": _file("""
        questions:
          - question: >-
              Do I have
              to log in?
            id: login
            also_asked:
              - set times
                at night
              - |
                late

                at all


            answer: |+
              No.

        # a note
          - question: Is it on Zoom?
            id: zoom
            also_asked: >
              teams
              or zoom

            answer: |
              Yes.

              # not a note

        """),
    "dashes alone, names as one likes": _file("""
        Questions:
          -
            Question: Do I have to log in?
            ID: login
            Also asked:
              -
                set times
            Answer: No.
          -
            question: Is it on Zoom?
            id: zoom
            ALSO-ASKED:
              - teams or zoom
            answer: Yes.
        """),
    "the wordings last": _file("""
        ---
        questions:
          - question: Is it on Zoom?
            id: zoom
            answer: Yes.
            also_asked:
              - teams or zoom
          - question: Do I have to log in?
            id: login
            answer: No.
            also_asked:
              - set times""")
    .rstrip(b"\n"),
}  # fmt: skip
