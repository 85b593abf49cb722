"""Fills a library by copying its one asset: fill.py DATABASE COUNT."""

import sqlite3
import sys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(number):
    """An identifier's letters, in the order of the numbers."""
    letters = ""
    for _ in range(26):
        letters = ALPHABET[number % 32] + letters
        number //= 32
    return letters


def main(database, count):
    connection = sqlite3.connect(database, timeout=60)
    connection.row_factory = sqlite3.Row
    asset = dict(connection.execute("select * from assets limit 1").fetchone())
    columns = list(asset)
    marks = ", ".join("?" for _ in columns)

    def copies():
        for index in range(1, count):
            name = f"photo {(index * 7919) % count:06}.jpg"
            copy = asset | {
                "id": "ast_" + ulid(index),
                "name": name,
                "name_key": name,
                "name_words": name.replace(".", " "),
                "size": asset["size"] + (index * 104729) % count,
                "created_at": asset["created_at"] - index * 1000,
            }
            yield [copy[column] for column in columns]

    with connection:
        connection.executemany(f"insert into assets ({', '.join(columns)}) values ({marks})", copies())
    connection.execute("pragma optimize")


main(sys.argv[1], int(sys.argv[2]))
