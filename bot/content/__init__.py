"""What staff write: faq.yaml and courses.yaml, read into typed values or into sentences about what to mend.

Come in by `faq.read_faq` and `courses.read_courses`; both go the way described in
`reading`. In the order of that way:

- `decoding`: from bytes to text, whatever editor saved it
- `syntax`: from text to a tree of `nodes`, mending in memory what YAML refuses, so that it reads on behind each mistake
- `search`: which mistake explains it, by trying mended lines; `mistakes` lists all it knows. Their sentences stand in
  `mistakes_in_signs` (a lost colon, a stray letter), `mistakes_in_quotes` (and brackets), `mistakes_in_shape` (indents,
  dashes, names), `mistakes_in_texts` (what stands below a |, and notes), `mistakes_in_sections` (deleted, moved or flat
  passages) and `mistakes_in_files` (Tabs, merges, quoted mails, further documents)
- `quiet`: what YAML takes without a word, and reads differently from what was meant
- `schema`: all fields, declared of the kinds in `blocks`, `fields`, `choices` and `discord_names`, which say what is
  missing, doubled, misspelt or in the wrong place, and leave a `record` of each block; `export` makes the editors'
  schemas of it, `vocabulary` a file's `words`
- `faq`, `courses`, `contacts`: the values of `model`, and what does not go together in one entry
- `when` and `zones`: dates, times, spans and time zones in words

`outline` and `page` show lines as a person sees them, `sheet` collects the `problems`, `names` compares names.
`edit` writes into faq.yaml what staff teach from Discord.
"""
