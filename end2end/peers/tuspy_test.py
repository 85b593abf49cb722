"""tuspy, the client of Python programs, against the server at SATCHEL_URL."""

import hashlib
import io
import json
import os
import random
import unittest
import urllib.request
from unittest import mock

from tusclient import client
from tusclient.exceptions import TusUploadFailed
from tusclient.uploader.baseuploader import BaseUploader

URL = os.environ["SATCHEL_URL"]
AUTHORIZATION = {"Authorization": f"Bearer {os.environ['SATCHEL_TOKEN']}"}
MIB = 1024 * 1024


class Tuspy(unittest.TestCase):
    def setUp(self):
        self.tus = client.TusClient(f"{URL}/files/", headers=AUTHORIZATION)

    def test_a_whole_file_becomes_an_asset(self):
        data = text(2 * MIB + 3, seed=1)

        self.uploader(data, "whole.txt").upload()

        self.assert_kept(data, "whole.txt")

    def test_an_upload_goes_on_where_it_stopped(self):
        data = text(5 * MIB, seed=2)
        first = self.uploader(data, "resumed.txt")
        first.upload(stop_at=2 * MIB)

        second = self.tus.uploader(
            file_stream=io.BytesIO(data), url=first.url, chunk_size=MIB
        )
        self.assertEqual(second.offset, 2 * MIB)
        second.upload()

        self.assert_kept(data, "resumed.txt")

    def test_every_chunk_is_checked(self):
        data = text(3 * MIB + 7, seed=3)

        self.uploader(data, "checked.txt", upload_checksum=True).upload()

        self.assert_kept(data, "checked.txt")

    def test_a_chunk_that_changed_on_its_way_is_refused(self):
        data = text(MIB, seed=4)
        wrong = ("sha1", lambda _: hashlib.sha1(b"something else"))
        with mock.patch.object(BaseUploader, "CHECKSUM_ALGORITHM_PAIR", wrong):
            uploader = self.uploader(data, "changed.txt", upload_checksum=True)

        with self.assertRaises(TusUploadFailed) as refused:
            uploader.upload_chunk()

        self.assertEqual(refused.exception.status_code, 460)
        self.assertEqual(uploader.get_offset(), 0)

    def uploader(self, data, name, **options):
        return self.tus.uploader(
            file_stream=io.BytesIO(data),
            chunk_size=MIB,
            metadata={"filename": name, "filetype": "text/plain"},
            **options,
        )

    def assert_kept(self, data, name):
        assets = json.loads(get(f"/api/v1/assets?q={name}"))["items"]
        self.assertEqual([asset["name"] for asset in assets], [name])
        digest = hashlib.sha256(data).hexdigest()
        self.assertEqual(assets[0]["sha256"], digest)
        content = get(f"/api/v1/assets/{assets[0]['id']}/content")
        self.assertEqual(hashlib.sha256(content).hexdigest(), digest)


def get(path):
    request = urllib.request.Request(URL + path, headers=AUTHORIZATION)
    with urllib.request.urlopen(request) as response:
        return response.read()


def text(size, seed):
    """So many bytes of text, other ones for every seed."""
    letters = random.Random(seed)
    words = ("sand", "pine", "wave", "moss", "ash", "reed")
    line = " ".join(letters.choices(words, k=size // 4 + 1))
    return line.encode()[:size]


if __name__ == "__main__":
    unittest.main()
