# Fetches the book and builds its site onto a share. For the Task Scheduler, or by hand.
param(
    [string]$Book = "C:\kayoi\book",
    [string]$Site = "\\server\sales\kayoi"
)
$env:PYTHONUTF8 = "1"
Set-Location -LiteralPath $Book -ErrorAction Stop
if (Test-Path -LiteralPath ".git") {
    git pull --quiet --ff-only
    if ($LASTEXITCODE -ne 0) { Write-Warning "The newest notes could not be fetched. What is here is built." }
}
kayoi build --quiet --out "$Site"
# 1: a note has a problem, and the site is built all the same.
if ($LASTEXITCODE -gt 1) { exit $LASTEXITCODE }
exit 0
