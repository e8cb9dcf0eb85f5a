"""python3 client.py http://127.0.0.1:8081 - the URL of any node, the leader's or a follower's."""

import http.client
import sys
from urllib.parse import urlsplit


def send(method, url, body=None, headers={}):
    """Follows a follower's 307 to the leader, which urllib.request does not do for PUT."""
    while True:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        try:
            connection.request(method, parts.path + "?" + parts.query, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status != 307:
            return answer, text
        url = answer.headers["Location"]


def increment(url):
    """Adds one, however many others do so at the same time."""
    while True:
        read, text = send("GET", url + "?consistency=confirmed")
        following = int(text) + 1
        etag = read.headers["ETag"]
        written, problem = send("PUT", url, str(following), {"If-Match": etag})
        if written.status == 200:
            return following
        # 412: another was faster. Nothing was written, so read again and try again.
        if written.status != 412:
            raise RuntimeError(problem)


keys = sys.argv[1] + "/v1/kv/"

# 200 is told when two followers have it.
answer, text = send("PUT", keys + "greeting?w=2", "hello")
print(answer.status, text)

answer, text = send("GET", keys + "greeting?consistency=confirmed")
print(answer.status, text)

send("PUT", keys + "visits", "0", {"If-None-Match": "*"})
print("visits:", increment(keys + "visits"))
