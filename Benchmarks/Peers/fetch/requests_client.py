"""Fetches a list with requests on threads. Usage: requests_client.py LIST FOLDER LIMIT CERTIFICATE

A line of the list is an address, a space, and the name of the file.
"""

import concurrent.futures
import sys
import threading

import requests


def main(list, folder, limit, certificate):
    with open(list) as file:
        lines = file.read().splitlines()
    own = threading.local()

    def prepare():
        # A session each: they are not said to be safe to share.
        own.session = requests.Session()
        own.session.verify = certificate
        own.session.trust_env = False

    def fetch(line):
        address, name = line.split(" ")
        response = own.session.get(address)
        response.raise_for_status()
        with open(f"{folder}/{name}", "wb") as file:
            file.write(response.content)

    with concurrent.futures.ThreadPoolExecutor(limit, initializer=prepare) as pool:
        for _ in pool.map(fetch, lines):
            pass


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
