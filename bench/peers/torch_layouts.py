"""Training steps of the any-order network in plain PyTorch, on random codes: a peer to measure against.

Prints one line of JSON: median and best seconds of a training step (batch, forward, backward, AdamW), its
processor time, rows per second, number of parameters, PyTorch's version. Every categorical column has one code per
row; the order of the columns is drawn per batch and a target sees the columns before it.

--layout reference   an embedding per column, per target a Linear over the masked embeddings of all columns
                     (dropout 0.25 on its input), ReLU, a Linear to the codes
--layout dense       one Linear over the one-hot codes of all columns with masked weights, ReLU, a Linear per target
--serve              answers every line on standard input with such a line over --steps more steps, so that a
                     caller can interleave it with its own measurements; ends with the input

    pip install torch
    python torch_layouts.py --layout reference --cards 16,7,74 --batch 512 --steps 30 --threads 1 --json
"""

import argparse
import json
import math
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional

TABLE_ROWS = 20_000


def hidden_width(card: int) -> int:
    return 16 * max(1, round(math.log(max(card, math.e))))


def embedding_dimension(card: int) -> int:
    return min(card, max(10, 3 * math.ceil(card**0.25)))


class ReferenceLayout(nn.Module):
    """Private two-layer network per target over masked embeddings that all targets share."""

    def __init__(self, cards: list[int]):
        super().__init__()
        dims = [embedding_dimension(card) for card in cards]
        self.embeddings = nn.ModuleList(nn.Embedding(c, d) for c, d in zip(cards, dims))
        self.dropout = nn.Dropout(0.25)
        self.regressors = nn.ModuleList(nn.Linear(sum(dims), hidden_width(card)) for card in cards)
        self.predictors = nn.ModuleList(nn.Linear(hidden_width(card), card) for card in cards)
        owner = torch.repeat_interleave(torch.arange(len(cards)), torch.tensor(dims))
        self.register_buffer("owner", owner)

    def forward(self, codes: torch.Tensor, position: torch.Tensor) -> torch.Tensor:
        columns = torch.cat([e(codes[:, i]) for i, e in enumerate(self.embeddings)], dim=1)
        before = position[self.owner]
        loss = columns.new_zeros(())
        for j, (regressor, predictor) in enumerate(zip(self.regressors, self.predictors)):
            visible = columns * (before < position[j]).to(columns.dtype)
            logits = predictor(torch.relu(regressor(self.dropout(visible))))
            loss = loss + functional.cross_entropy(logits, codes[:, j])
        return loss


class DenseLayout(nn.Module):
    """One matrix product over one-hot codes whose weights are masked by the order, and a head per target."""

    def __init__(self, cards: list[int]):
        super().__init__()
        widths = [hidden_width(card) for card in cards]
        total = sum(cards)
        self.cards, self.widths = cards, widths
        self.first = nn.Parameter(torch.empty(total, sum(widths)).uniform_(-1, 1) / math.sqrt(total))
        self.bias = nn.Parameter(torch.zeros(sum(widths)))
        self.predictors = nn.ModuleList(nn.Linear(w, card) for w, card in zip(widths, cards))
        columns = torch.arange(len(cards))
        self.register_buffer("row_owner", torch.repeat_interleave(columns, torch.tensor(cards)))
        self.register_buffer("unit_owner", torch.repeat_interleave(columns, torch.tensor(widths)))
        self.register_buffer("offsets", torch.tensor([sum(cards[:i]) for i in range(len(cards))]))

    def forward(self, codes: torch.Tensor, position: torch.Tensor) -> torch.Tensor:
        onehot = torch.zeros(len(codes), sum(self.cards)).scatter_(1, codes + self.offsets, 1.0)
        mask = position[self.row_owner][:, None] < position[self.unit_owner][None, :]
        hidden = torch.relu(torch.addmm(self.bias, onehot, self.first * mask))
        loss = hidden.new_zeros(())
        for j, block in enumerate(hidden.split(self.widths, dim=1)):
            loss = loss + functional.cross_entropy(self.predictors[j](block), codes[:, j])
        return loss


LAYOUTS = {"reference": ReferenceLayout, "dense": DenseLayout}


class Trainer:
    def __init__(self, layout: str, cards: list[int], batch: int):
        torch.manual_seed(1)
        self.layout, self.cards, self.batch = layout, cards, batch
        self.network = LAYOUTS[layout](cards)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=0.001, fused=True)
        # Half of the codes are squares of uniforms: skewed, as categories are.
        uniform = torch.rand(TABLE_ROWS, len(cards))
        skewed = torch.where(torch.rand_like(uniform) < 0.5, uniform, uniform**2)
        self.codes = torch.minimum((skewed * torch.tensor(cards)).long(), torch.tensor(cards) - 1)

    def step(self) -> float:
        start = time.perf_counter()
        rows = torch.randint(TABLE_ROWS, (self.batch,))
        position = torch.argsort(torch.rand(len(self.cards)))
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.network(self.codes[rows], position)
        loss.backward()
        self.optimiser.step()
        return time.perf_counter() - start

    def measure(self, steps: int) -> dict:
        before = time.process_time()
        seconds = [self.step() for _ in range(steps)]
        cpu = time.process_time() - before
        middle = statistics.median(seconds)
        return {
            "layout": self.layout,
            "batch": self.batch,
            "secondsPerStep": middle,
            "bestSecondsPerStep": min(seconds),
            "meanSecondsPerStep": sum(seconds) / steps,
            "cpuSecondsPerStep": cpu / steps,
            "rowsPerSecond": self.batch / middle,
            "parameters": sum(p.numel() for p in self.network.parameters()),
            "threads": torch.get_num_threads(),
            "torch": torch.__version__,
        }


def report(result: dict, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result), flush=True)
        return
    print(
        f"{result['layout']}, batch {result['batch']}, {result['threads']} thread(s), torch {result['torch']}: "
        f"{1000 * result['secondsPerStep']:.2f} ms a step (median), {result['rowsPerSecond']:,.0f} rows/s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="reference")
    parser.add_argument("--cards", required=True, help="cardinalities, e.g. 16,7,74")
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    trainer = Trainer(args.layout, [int(card) for card in args.cards.split(",")], args.batch)
    for _ in range(args.warm_up):
        trainer.step()
    report(trainer.measure(args.steps), args.json or args.serve)
    if args.serve:
        for _ in sys.stdin:
            report(trainer.measure(args.steps), True)


if __name__ == "__main__":
    main()
