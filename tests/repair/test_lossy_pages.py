"""Pages with a table of contents that lost bytes: headings, entries and anchors come back together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from damage import Policy, misread
from doclint.model import Safety

if TYPE_CHECKING:
    from conftest import MakeWorkspace

CHINESE = """\
# 项目文档

- [安装指南](#安装指南)
- [配置说明](#配置说明)
- [常见问题](#常见问题)

## 安装指南

请先下载最新版本的安装包，然后运行安装程序。

## 配置说明

打开配置文件，修改端口和数据库地址。更多内容见[安装指南](#安装指南)。

## 常见问题

如果程序无法启动，请检查日志并提交问题。
"""
RUSSIAN = """\
# Описание проекта

- [Установка](#установка)
- [Настройка программы](#настройка-программы)
- [Частые вопросы](#частые-вопросы)

## Установка

Скачайте последнюю версию программы и запустите установку.

## Настройка программы

Откройте файл настроек и укажите адрес сервера. Смотрите раздел [Установка](#установка).

## Частые вопросы

Если программа не запускается, проверьте журнал ошибок.
"""
KOREAN = """\
# 프로젝트 문서

- [설치 방법](#설치-방법)
- [설정 파일](#설정-파일)
- [자주 묻는 질문](#자주-묻는-질문)

## 설치 방법

최신 버전을 내려받은 다음 설치 프로그램을 실행하세요.

## 설정 파일

설정 파일을 열고 서버 주소를 입력하세요. 먼저 [설치 방법](#설치-방법)을 읽으세요.

## 자주 묻는 질문

프로그램이 시작되지 않으면 로그 파일을 확인하세요.
"""
PAGES = {"zh": CHINESE, "ru": RUSSIAN, "ko": KOREAN}
LINKS = ("missing-anchor", "missing-file", "empty-link", "unreachable-anchor", "undefined-reference")


@pytest.mark.parametrize("codec", ["cp1252", "cp1254"])
@pytest.mark.parametrize("policy", ["drop", "fffd"])
@pytest.mark.parametrize("tag", PAGES)
class TestTogether:
    def test_links_are_whole_afterwards(self, workspace: MakeWorkspace, tag: str, policy: Policy, codec: str) -> None:
        space = workspace({"README.md": misread(PAGES[tag], codec, policy)})
        space.fix(level=Safety.UNSAFE)
        assert not space.check(select=LINKS)

    def test_a_second_run_writes_nothing(self, workspace: MakeWorkspace, tag: str, policy: Policy, codec: str) -> None:
        space = workspace({"README.md": misread(PAGES[tag], codec, policy)})
        space.fix(level=Safety.UNSAFE)
        before = space.tree()
        assert not space.fix(level=Safety.UNSAFE).changed
        assert space.tree() == before

    def test_a_dry_run_writes_nothing(self, workspace: MakeWorkspace, tag: str, policy: Policy, codec: str) -> None:
        space = workspace({"README.md": misread(PAGES[tag], codec, policy)})
        before = space.tree()
        assert space.fix(level=Safety.UNSAFE, dry=True).changed
        space.check()
        assert space.tree() == before

    def test_history_brings_all_of_it_back(
        self, workspace: MakeWorkspace, tag: str, policy: Policy, codec: str
    ) -> None:
        space = workspace({"README.md": PAGES[tag]})
        space.write({"README.md": misread(PAGES[tag], codec, policy)})
        space.fix(level=Safety.SAFE)
        assert space.read("README.md") == PAGES[tag].encode()
        assert not space.check()


@pytest.mark.parametrize("tag", PAGES)
def test_the_page_is_what_it_was(workspace: MakeWorkspace, tag: str) -> None:
    space = workspace({"README.md": misread(PAGES[tag], "cp1252", "drop")})
    space.fix(level=Safety.UNSAFE)
    assert space.read("README.md") == PAGES[tag].encode()
    assert not space.check()


@pytest.mark.parametrize("tag", PAGES)
def test_links_from_another_page_still_work(workspace: MakeWorkspace, tag: str) -> None:
    anchor = {"zh": "常见问题", "ru": "частые-вопросы", "ko": "자주-묻는-질문"}[tag]
    space = workspace({"guide.md": misread(PAGES[tag], "cp1252", "drop"), "README.md": f"[a](guide.md#{anchor})\n"})
    readme = space.read("README.md")
    space.fix(level=Safety.UNSAFE)
    assert space.read("README.md") == readme
    assert not space.check(select=LINKS)


@pytest.mark.parametrize("tag", PAGES)
def test_clean_pages_beside_it_stay(workspace: MakeWorkspace, tag: str) -> None:
    others = {f"{other}.md": text for other, text in PAGES.items() if other != tag}
    space = workspace({**others, "page.md": misread(PAGES[tag], "cp1252", "drop")})
    before = space.tree()
    space.fix(level=Safety.UNSAFE)
    assert {path: space.read(path) for path in others} == {path: before[path] for path in others}


@pytest.mark.parametrize("tag", PAGES)
@pytest.mark.parametrize("level", [Safety.SAFE, Safety.UNSAFE])
def test_a_clean_page_with_contents(workspace: MakeWorkspace, tag: str, level: Safety) -> None:
    space = workspace({"README.md": PAGES[tag]})
    assert not space.check()
    assert not space.fix(level=level).changed


@pytest.mark.parametrize("tag", PAGES)
def test_too_uncertain_lines_stay_byte_for_byte(workspace: MakeWorkspace, tag: str) -> None:
    damaged = misread(PAGES[tag], "cp1252", "drop")
    space = workspace({"README.md": damaged})
    lossless = {line for line in PAGES[tag].split("\n") if misread(line, "cp1252", "drop") == misread(line, "cp1252")}
    space.fix(level=Safety.SAFE)
    after = space.read("README.md").decode().split("\n")
    for old, new in zip(damaged.split("\n"), after, strict=True):
        assert new == old or new in lossless


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "⚠️", "❤️", "🏳️‍🌈", "🚀", "👍🏽", "🇺🇸", "1️⃣", "✅"])
@pytest.mark.parametrize("level", [Safety.SAFE, Safety.UNSAFE])
def test_whole_emoji_stay(workspace: MakeWorkspace, emoji: str, level: Safety) -> None:
    text = f"# {emoji} Title\n\n{emoji} some words {emoji}\n\n{CHINESE}"
    space = workspace({"README.md": text})
    assert not space.check(select=("mojibake", "lossy-mojibake"))
    space.fix(level=level)
    assert space.read("README.md") == text.encode()


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "⚠️", "🏳️‍🌈", "🚀", "👍🏽", "📝", "✅"])
@pytest.mark.parametrize("codec", ["cp1252", "cp1254"])
def test_plain_fix_leaves_damaged_emoji_or_restores_them(workspace: MakeWorkspace, emoji: str, codec: str) -> None:
    line = f"{emoji} 请先阅读安装指南"
    space = workspace({"README.md": misread(f"{CHINESE}\n{line}\n", codec, "drop")})
    space.fix(level=Safety.SAFE)
    last = space.read("README.md").decode().rstrip("\n").split("\n")[-1]
    assert last in (line, misread(line, codec, "drop"))
