"""Simulated bans: people who come back under a like name, to the same threads, with the same habits and phrases."""

from becalm.simulate.organic import single_comments
from becalm.simulate.people import Account
from becalm.simulate.threads import Thread
from becalm.simulate.trolls import Habits, _habits, _text
from becalm.simulate.world import Draft, World, make_world
from benchmarks.writers import Known, embedded
from embeddings.encoder import Encoder
from embeddings.writers import Said, gather

PEOPLE = 100
CROWD = 3_000
DAYS = 60
HAUNTS = 4
RETURNS = 0.6
BEFORE, AFTER = (5, 15), (3, 10)
_DISGUISED = str.maketrans({"a": "а", "e": "е", "o": "о", "i": "1", "s": "5"})


def simulated_bans(seed: int, encoder: Encoder) -> Known:
    """So many banned people with one new account each, among a crowd that writes as the simulator's crowd does."""
    world = make_world(CROWD, DAYS, seed)
    drafts, writer_of = list(single_comments(world, CROWD)), {}
    for _ in range(PEOPLE):
        old, new, written = _banned(world)
        writer_of[new.account_id] = old.account_id
        drafts += written
    said = [_said(draft) for draft in drafts]
    owners = {one.account_id: writer_of.get(one.account_id, one.account_id) for one in said}
    return Known(f"bans, seed {seed}", embedded(gather(said), encoder), owners)


def _banned(world: World) -> tuple[Account, Account, list[Draft]]:
    habits = _habits(world)
    platform = world.threads.pick(("youtube", "instagram", "facebook", "x")).platform
    old = world.people.newcomer(platform, voice=habits.voice)
    new = world.people.newcomer(platform, voice=habits.voice, name=like_name(world, old.name))
    haunts = [world.threads.pick((platform,)) for _ in range(HAUNTS)]
    sizes = [world.dice.randint(*BEFORE), world.dice.randint(*AFTER)]
    moments = sorted(int(world.dice.random() * world.window) for _ in range(sum(sizes)))
    accounts = [old] * sizes[0] + [new] * sizes[1]
    written = [_comment(world, habits, one, haunts, second) for one, second in zip(accounts, moments, strict=True)]
    return old, new, written


def _comment(world: World, habits: Habits, account: Account, haunts: list[Thread], second: int) -> Draft:
    is_at_home = world.dice.random() < RETURNS
    thread = world.dice.choice(haunts) if is_at_home else world.threads.pick((account.platform,))
    kind = "abuse" if world.dice.random() < habits.temper else "troll"
    return world.say(account, thread, second, kind, _text(world, habits, kind))


def like_name(world: World, name: str) -> str:
    """The old name with something to it, without something, or disguised."""
    number = 1 + int(world.dice.random() * 99)
    disguised = name.lower().translate(_DISGUISED)
    return str(world.dice.choice((f"{name}{number}", f"real {name}", f"{name} is back", f"xX_{name}_Xx", disguised)))


def _said(draft: Draft) -> Said:
    account = draft.account
    return Said(account.account_id, draft.text, account.name, draft.thread.thread_id, float(draft.second))
