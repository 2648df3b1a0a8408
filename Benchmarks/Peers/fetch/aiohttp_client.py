"""Fetches a list with aiohttp on uvloop. Usage: aiohttp_client.py LIST FOLDER LIMIT CERTIFICATE

A line of the list is an address, a space, and the name of the file.
"""

import asyncio
import ssl
import sys

import aiohttp
import uvloop


async def main(list, folder, limit, certificate):
    with open(list) as file:
        lines = iter(file.read().splitlines())
    context = ssl.create_default_context(cafile=certificate)
    connector = aiohttp.TCPConnector(limit=limit, ssl=context)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, auto_decompress=False
    ) as session:

        async def work():
            for line in lines:
                address, name = line.split(" ")
                async with session.get(address) as response:
                    response.raise_for_status()
                    with open(f"{folder}/{name}", "wb") as file:
                        async for part in response.content.iter_any():
                            file.write(part)

        await asyncio.gather(*(work() for _ in range(limit)))


uvloop.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
