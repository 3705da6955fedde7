// On a narrow screen the strip is wider than the page: begin at its end, with the latest days.
for (const region of document.querySelectorAll(".strip .scroll")) region.scrollLeft = region.scrollWidth;
