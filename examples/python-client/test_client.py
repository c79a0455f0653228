"""Starts `conformance mock` on a free port and asks it. Without a script it answers by simple rules: "Say X" is answered with X."""

import subprocess
import unittest
import urllib.error

from client import ask, ask_in_pieces


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.mock = subprocess.Popen(["conformance", "mock", "--port", "0"], stdout=subprocess.PIPE, text=True)
        # The first line is the address.
        cls.url = cls.mock.stdout.readline().strip()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.mock.terminate()
        cls.mock.wait()
        cls.mock.stdout.close()

    def test_whole_answer(self) -> None:
        self.assertEqual(ask(self.url, "Say hello there, friend."), "hello there, friend.")

    def test_pieces_of_an_answer(self) -> None:
        pieces = list(ask_in_pieces(self.url, "Count to 20."))
        self.assertGreater(len(pieces), 5)
        self.assertEqual("".join(pieces), ", ".join(str(number) for number in range(1, 21)))

    def test_refusal(self) -> None:
        with self.assertRaises(urllib.error.HTTPError) as caught:
            ask(f"{self.url}/nowhere", "Hi")
        self.assertEqual(caught.exception.code, 404)
        caught.exception.close()
