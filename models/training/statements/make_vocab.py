"""vocab.txt: the pieces of the pretrained tokenizer that occur at least three times in papers, after the marks.

    python make_vocab.py tokenizer.json folder-of-sentences folder-of-papers

Sentences are *.ids.jsonl; of the papers' files (text or stored pages) only the ASCII words are looked at.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from encode import MARKS, Encoder, words

FIRST = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def main():
    tokenizer, sentences, papers = sys.argv[1:4]
    full = json.loads(Path(tokenizer).read_text(encoding="utf-8"))["model"]["vocab"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f:
        f.write("\n".join(sorted(full, key=full.get)) + "\n")
        f.flush()
        encoder = Encoder(f.name)
    count = Counter()
    for path in Path(sentences).glob("*.ids.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for key in ("shown", "prev", "next", "section"):
                for word in words(row[key]):
                    count[word] += 5
    for path in Path(papers).iterdir():
        for word in re.findall("[A-Za-z]{2,30}", path.read_bytes().decode("latin1")):
            count[word.lower()] += 1
    pieces = Counter()
    for word, n in count.items():
        for i in encoder.word(word):
            pieces[encoder.pieces[i]] += n
    keep = {p for p, n in pieces.items() if n >= 3}
    keep |= {p for p in full if len(p.removeprefix("##")) == 1 and (p.isascii() or "\u0370" <= p[-1] <= "\u03ff")}
    order = FIRST + MARKS + sorted(keep - set(FIRST), key=full.get)
    Path(__file__).with_name("vocab.txt").write_text("\n".join(order) + "\n", encoding="utf-8")
    print(len(order), "pieces")


if __name__ == "__main__":
    main()
