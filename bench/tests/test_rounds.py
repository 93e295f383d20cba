"""Rounds in turn."""

from bench.rounds import in_turn


def test_contenders_take_turns_and_the_first_round_is_not_counted():
    order = []

    def contender(name):
        def run():
            order.append(name)
            return float(len(order))

        return run

    found = in_turn({name: contender(name) for name in "ab"}, rounds=2, say=lambda _text: None)
    assert "".join(order) == "abbaab"
    assert found == {"a": [4.0, 5.0], "b": [3.0, 6.0]}
