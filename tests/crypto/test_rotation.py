"""A new installation key: what an older one sealed still opens, at whatever point the change was stopped."""

from pathlib import Path

import pytest

from encircle.crypto import keyring
from encircle.crypto.keyring import (
    InstallationKey,
    Keyring,
    data_key_aad,
    load_keyring,
    new_data_key,
    older_keys,
    retire_key,
    rotate_key,
)
from encircle.crypto.secret_file import KeyRefused

ROW = data_key_aad(data_key_id="key-1", root_id="aino", compartment="location")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    InstallationKey.create_file(tmp_path / "installation-key")
    return tmp_path / "installation-key"


def loaded(path: Path) -> Keyring:
    return load_keyring(path, older=older_keys(path))


def test_after_each_change_every_childs_key_opens_and_the_newest_wraps(path: Path) -> None:
    made = [InstallationKey.from_file(path)]
    wrapped = [loaded(path).wrap(new_data_key(), aad=ROW)]
    for _ in range(3):
        made.append(rotate_key(path))
        wrapped.append(loaded(path).wrap(new_data_key(), aad=ROW))
    assert len({key.id for key in made}) == 4
    assert loaded(path) == Keyring(made[-1], tuple(made[:-1]))
    assert [one.name for one in older_keys(path)] == [
        f"installation-key.older-{number}" for number in (1, 2, 3)
    ]
    assert len({loaded(path).unwrap(one, aad=ROW) for one in wrapped}) == 4
    assert {one.stat().st_mode & 0o777 for one in path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("step", ["flush_folder", "create_file", "replace"])
def test_stopped_half_way_nothing_is_lost_and_asked_again_it_goes_on(
    step: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = InstallationKey.from_file(path)
    wrapped = loaded(path).wrap(new_data_key(), aad=ROW)

    def power_cut(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        owner = {"flush_folder": keyring, "create_file": InstallationKey, "replace": Path}[step]
        cut.setattr(owner, step, power_cut)
        with pytest.raises(KeyboardInterrupt):
            rotate_key(path)
    assert InstallationKey.from_file(path) == first
    assert loaded(path).unwrap(wrapped, aad=ROW)
    second = rotate_key(path)
    assert loaded(path) == Keyring(second, (first,))
    assert sorted(one.name for one in path.parent.iterdir()) == [
        "installation-key",
        "installation-key.older-1",
    ]


def test_a_key_that_is_retired_is_read_no_more_and_stays_for_the_backups(path: Path) -> None:
    keys = [InstallationKey.from_file(path), rotate_key(path), rotate_key(path)]
    aside = retire_key(path, keys[1].id)
    assert aside == path.with_name(f"installation-key.retired-{keys[1].id.hex()}")
    assert InstallationKey.from_file(aside) == keys[1]
    assert loaded(path) == Keyring(keys[2], (keys[0],))
    rotate_key(path)
    assert [one.name for one in older_keys(path)] == ["installation-key.older-1", "installation-key.older-2"]


def test_where_there_is_no_key_none_is_made_by_changing_it(tmp_path: Path) -> None:
    with pytest.raises(KeyRefused):
        rotate_key(tmp_path / "installation-key")
    assert list(tmp_path.iterdir()) == []
