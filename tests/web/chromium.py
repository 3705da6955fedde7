"""A real headless Chromium for the tests and the screenshots: found on this machine, driven through its own driver, nothing downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def paths() -> tuple[str, str] | None:
    """The browser and its driver, or nothing where one of them is missing."""
    browser = next((found for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name and (found := shutil.which(name))), None)
    driver = shutil.which(os.environ.get("CHROMEDRIVER") or "chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def chromium(*, dark: bool = False) -> Iterator[Any]:
    """A browser with a fresh profile. Raises RuntimeError where there is none."""
    found = paths()
    if found is None:
        raise RuntimeError("no Chromium with its driver on this machine; on Debian: apt-get install chromium chromium-driver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # No sandbox: tests run as root in containers, and the pages are ours.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"):
        options.add_argument(argument)
    if dark:
        options.add_argument("--blink-settings=preferredColorScheme=0")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(found[1]))
    try:
        yield driver
    finally:
        driver.quit()


def set_width(driver: Any, width: int, height: int = 900) -> None:
    """Make the page so wide: a window cannot be as narrow as a telephone, the page in it can."""
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


def set_dark(driver: Any, dark: bool) -> None:
    """Let the page believe that the system is dark, or light."""
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
