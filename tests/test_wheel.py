"""The wheel, installed in a clean environment, builds a book too."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_wheel_builds_a_book(tmp_path: Path) -> None:
    """Kayoi itself comes from the wheel alone; its libraries are those of this environment, by path."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [
            *pip,
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
    )
    (wheel,) = tmp_path.glob("kayoi-*.whl")
    venv.create(tmp_path / "clean", with_pip=False)
    python = tmp_path / "clean" / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import site; print(site.getsitepackages()[0])"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--target", site, str(wheel)], check=True)
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    Path(site, "libraries.pth").write_text(f"import sys; sys.path.append({libraries!r})\n", encoding="utf-8")
    run = [python, "-P", "-m", "sitegen"]
    env = {**os.environ, "PYTHONPATH": ""}
    where = subprocess.run(
        [python, "-P", "-c", "import sitegen; print(sitegen.__file__)"],
        check=True,
        capture_output=True,
        text=True,
        env=env,
    ).stdout
    assert str(tmp_path) in where
    subprocess.run([*run, "init", "book", "--today", "2026-11-19"], check=True, cwd=tmp_path, env=env)
    book = tmp_path / "book"
    done = subprocess.run(
        [*run, "build", "--today", "2026-11-19"],
        check=False,
        cwd=book,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Aoba Printing" in (book / "site" / "index.html").read_text(encoding="utf-8") + (
        book / "site" / "due" / "me.html"
    ).read_text(encoding="utf-8")
    assert (book / ".gitignore").read_text(encoding="utf-8").split()[:2] == ["/site/", "/.kayoi/"]
    assert (book / ".vscode" / "tasks.json").is_file()
    source = ROOT / "templates" / "assets"
    shipped = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    assert {"cytoscape.LICENSE.txt", "d3-force.LICENSE.txt"} <= {path.name for path in shipped}
    assert shipped <= {
        path.relative_to(book / "site" / "assets") for path in (book / "site" / "assets").rglob("*")
    }
