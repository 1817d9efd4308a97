"""A real editor, set up as the documentation says: Neovim 0.11 or later, where there is one."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pygls", reason="needs pygls, of the extra `server`")

if TYPE_CHECKING:
    from conftest import MakeWorkspace

DOCS = pathlib.Path(__file__).parents[2] / "docs" / "editors.md"
SESSION = """
local function say(...) io.stdout:write(table.concat({...}, " ") .. "\\n") end
local function until_true(condition) return vim.wait(20000, condition, 50) end
local function findings()
  local codes = vim.tbl_map(function(found) return found.code end, vim.diagnostic.get(0))
  table.sort(codes)
  return table.concat(codes, ",")
end

vim.cmd("edit rye.md")
until_true(function() return #vim.lsp.get_clients({ name = "doclint" }) == 1 end)
vim.wait(1500, function() return false end)
say("rye:", findings())

vim.cmd("edit menu.md")
until_true(function() return #vim.diagnostic.get(0) > 1 end)
say("menu:", findings())
vim.api.nvim_win_set_cursor(0, { 3, 5 })
vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title == "Repair the text" end })
until_true(function() return findings() == "missing-anchor" end)
say("text:", vim.api.nvim_buf_get_lines(0, 2, 3, false)[1])
say("menu:", findings())
vim.api.nvim_buf_set_lines(0, 4, 5, false, { "[rye](rye.md#rye-bread)" })
until_true(function() return findings() == "" end)
say("menu:", findings())
vim.api.nvim_win_set_cursor(0, { 5, 8 })
vim.lsp.buf.definition()
until_true(function() return vim.fn.expand("%:t") == "rye.md" end)
say("at:", vim.fn.expand("%:t"), tostring(vim.api.nvim_win_get_cursor(0)[1]))
vim.cmd("qa!")
"""


def neovim() -> str:
    program = shutil.which("nvim")
    if program is None:
        pytest.skip("needs Neovim 0.11 or later")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"v(\d+)\.(\d+)", told)
    if version is None or (int(version[1]), int(version[2])) < (0, 11):
        pytest.skip(f"needs Neovim 0.11 or later, not {told.splitlines()[0]}")
    return program


def test_neovim_shows_repairs_and_follows(workspace: MakeWorkspace, tmp_path: pathlib.Path) -> None:
    program = neovim()
    [settings] = re.findall(r"(?ms)^```lua\n(.*?)^```$", DOCS.read_text("utf-8"))
    space = workspace(
        {
            "rye.md": "# Dough\n\n## Rye bread\n",
            "menu.md": "# Menu\n\nCafÃ© crÃ¨me brÃ»lÃ©e.\n\n[rye](rye.md#ry)\n",
        }
    )
    (tmp_path / "init.lua").write_text(settings)
    (tmp_path / "session.lua").write_text(SESSION)
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "doclint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m doclint "$@"\n')
    (programs / "doclint").chmod(0o755)
    home = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    done = subprocess.run(
        [program, "--headless", "-u", str(tmp_path / "init.lua"), "-l", str(tmp_path / "session.lua")],
        cwd=space.root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **home, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
    )
    assert done.stdout.splitlines() == [
        "rye: ",
        "menu: missing-anchor,mojibake",
        "text: Café crème brûlée.",
        "menu: missing-anchor",
        "menu: ",
        "at: rye.md 3",
    ], done.stderr
