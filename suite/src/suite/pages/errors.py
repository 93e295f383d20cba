"""What can go wrong, in one sentence."""

import re


class PagesNotBuilt(Exception):
    """The pages could not be built; the text says why and what to do."""


COLOURS = re.compile(r"\x1b\[[0-9;]*m")
SYMPTOMS = (
    (r"ENOSPC|No space left", "The disk is full: make room (about 1 GB) and run the same command again."),
    (
        r"EINTEGRITY",
        (
            "A package differs from the one that package-lock.json names (its hash does not match): the registry or a "
            "cache is damaged. Try again, or with another mirror."
        ),
    ),
    (
        r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network|FetchError|E40[134]",
        (
            "The packages of the pages cannot be fetched: no npm registry answers. Check the network or name a mirror "
            "that you can reach (npm config set registry …, or npm_config_registry), and run the same "
            "command again."
        ),
    ),
    (r"EACCES|EPERM|EROFS", "The folder frontend/ cannot be written: give it to the user who builds."),
    (
        r"in sync",
        "package.json and package-lock.json do not fit together: run npm install in frontend/ and commit the lock.",
    ),
)


def explain(step: str, output: str) -> PagesNotBuilt:
    """The sentence for what npm or the build said, with its last words where no known symptom shows."""
    if step == "packages":
        for pattern, sentence in SYMPTOMS:
            if re.search(pattern, output):
                return PagesNotBuilt(sentence)
    words = [line.strip() for line in COLOURS.sub("", output).splitlines() if line.strip()]
    told = next((at for at, line in enumerate(words) if re.search(r"error", line, re.IGNORECASE)), len(words))
    tail = " / ".join(words[told : told + 4] or words[-3:])
    return PagesNotBuilt(f"The pages could not be built, at the step '{step}': {tail[:900]}")
