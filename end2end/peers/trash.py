"""What is deleted here lies in the trash, where it is looked at and restored until it is purged.

schemathesis takes each read of what was deleted for a fault. The API is asked then: a fault it stays, unless what was
read is said to be in the trash, or was taken out of it since.
"""

import re

import requests
import schemathesis
from schemathesis.openapi.checks import UseAfterFree

# What lies in the trash as far as answers told, by address.
trashed: set[str] = set()


@schemathesis.hook
def after_call(context, case, response):
    # What is answered again was done before.
    if not 200 <= response.status_code < 300 or "idempotency-replayed" in response.headers:
        return
    request = response.request
    thing = thing_at(request.url)
    if thing == request.url and request.method == "DELETE":
        trashed.add(thing)
    elif request.method == "POST" and request.url.endswith("/restore"):
        trashed.discard(thing)
    elif case.operation.definition.raw.get("operationId") == "change_assets":
        # It may have restored any.
        trashed.clear()


@schemathesis.hook
def filter_failure(context, failure, case, response):
    return not isinstance(failure, UseAfterFree) or not is_told(response)


def is_told(response):
    """Whether who reads what was deleted is told that it is."""
    request = response.request
    if request.url.split("?")[0].endswith("/sessions"):
        return response.json()["items"] == []
    thing = thing_at(request.url)
    if thing is None:
        return False
    found = requests.get(thing, headers=request.headers, timeout=60)
    return found.ok and (thing not in trashed or found.json()["trashed_at"] is not None)


def thing_at(url):
    """The address of the file or folder that an address lies under."""
    found = re.match(r".*/api/v1/(assets|folders)/[a-z]{3}_[^/?]+", url)
    return found and found[0]
