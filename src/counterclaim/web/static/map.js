// On a narrow screen the map is wider than the page: begin in its middle, where the points are.
for (const region of document.querySelectorAll(".map .scroll")) region.scrollLeft = (region.scrollWidth - region.clientWidth) / 2;
