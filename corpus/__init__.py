"""Files in, pages, papers and passages out. Knows no index, no question and no answer."""
