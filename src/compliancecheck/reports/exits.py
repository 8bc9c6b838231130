"""What counts for the exit code: duties at a threshold, over all profiles of one run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliancecheck.logic.drafts import is_draft
from compliancecheck.model.findings import Evaluation, Status
from compliancecheck.model.texts import Texts


class FailOn(StrEnum):
    """The threshold; each includes the ones before it. Only duties (``requires``) count."""

    MUST = "must"  # a failing must duty
    SHOULD = "should"  # … or a failing should duty
    UNDETERMINED = "undetermined"  # … or a duty that is undetermined or contested
    NEVER = "never"


_OPEN = frozenset({Status.UNDETERMINED, Status.CONTESTED})


@dataclass(slots=True)
class Tally:
    """What a run found so far, in numbers."""

    fail_on: FailOn
    evaluated: int = 0
    findings: int = 0
    broken: int = 0  # profiles with problems
    must_fails: int = 0
    should_fails: int = 0
    undetermined: int = 0  # duties that are undetermined or contested
    must_live: bool = False  # some must duty applies or may apply
    should_live: bool = False
    nothing_is_fine: bool = False  # every file was skipped, and that was asked for

    def add(self, evaluation: Evaluation) -> None:
        """Take the findings of one profile in."""
        self.evaluated += 1
        for finding in evaluation.findings:
            if finding.reason is None or finding.reason.kind != "not_in_force":
                self.findings += 1
            rule = evaluation.rules.rules[finding.rule]
            if is_draft(evaluation.rules, rule.id):
                continue
            if rule.requires is None or finding.status is Status.NOT_APPLICABLE:
                continue
            must = rule.level == "must"
            self.must_live |= must
            self.should_live |= not must
            if finding.status is Status.FAIL:
                self.must_fails += must
                self.should_fails += not must
            elif finding.status in _OPEN and finding.waits_until is None:
                self.undetermined += 1

    @property
    def hits(self) -> int:
        """How many findings are at the threshold."""
        if self.fail_on is FailOn.NEVER:
            return 0
        found = self.must_fails
        if self.fail_on is not FailOn.MUST:
            found += self.should_fails
        if self.fail_on is FailOn.UNDETERMINED:
            found += self.undetermined
        return found

    @property
    def code(self) -> int:
        """The exit code: 2 if something was not evaluated, or nothing was; 1 for findings."""
        nothing = not self.findings if self.evaluated else not self.nothing_is_fine
        if self.broken or nothing:
            return 2
        return 1 if self.hits else 0

    def words(self) -> Texts:
        """The exit code with its reason."""
        en, zh = self._reason()
        return Texts(f"exit {self.code}: {en}", f"退出码{self.code}：{zh}")

    def _reason(self) -> tuple[str, str]:
        option = f"--fail-on {self.fail_on.value}"
        if self.code == 2:
            return self._not_evaluated()
        if not self.evaluated:
            return "no profile among the files", "文件中没有企业档案"
        if self.fail_on is FailOn.NEVER:
            return f"findings do not count ({option})", f"发现不计入（{option}）"
        if self.hits:
            return self._hit_words(option)
        if self.fail_on is FailOn.MUST and self.should_live and not self.must_live:
            return (
                "no must duty here; use --fail-on should to gate",
                "此处没有“必须”一级的义务；如需拦截，请用 --fail-on should",
            )
        what, zh = {
            FailOn.MUST: ("no `must` fails", "没有不符合的“必须”义务"),
            FailOn.SHOULD: ("no duty fails", "没有不符合的义务"),
            FailOn.UNDETERMINED: (
                "no duty fails or is undetermined",
                "没有不符合或未定的义务",
            ),
        }[self.fail_on]
        return f"{what} ({option})", f"{zh}（{option}）"

    def _hit_words(self, option: str) -> tuple[str, str]:
        parts = [(self.must_fails, "`must` fail", "项“必须”不符合")]
        if self.fail_on is not FailOn.MUST:
            parts.append((self.should_fails, "`should` fail", "项“宜”不符合"))
        if self.fail_on is FailOn.UNDETERMINED:
            parts.append((self.undetermined, "undetermined or contested", "项未定或有歧义"))
        en = ", ".join(f"{n} {_fails(what, n)}" for n, what, _ in parts if n)
        zh = "，".join(f"{n}{what}" for n, _, what in parts if n)
        return f"{en} ({option})", f"{zh}（{option}）"

    def _not_evaluated(self) -> tuple[str, str]:
        if not self.evaluated and not self.broken:
            return "no profile was found", "未找到企业档案"
        if not self.broken:
            return "no chosen rule is in force that day", "所选规则在该日均未施行"
        total = self.evaluated + self.broken
        if total == 1:
            return "the profile was not evaluated", "该档案未能评估"
        were = "was" if self.broken == 1 else "were"
        return (
            f"{self.broken} of {total} profiles {were} not evaluated",
            f"{total}份档案中有{self.broken}份未能评估",
        )


def _fails(what: str, count: int) -> str:
    """One ``must`` fails, two fail."""
    return f"{what}s" if count == 1 and what.endswith(" fail") else what
