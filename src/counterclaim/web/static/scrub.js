// A slider over the days of which something is said: moving shows the day, letting go opens it. Without it there are the arrows and the field.
const slider = document.getElementById("scrub");
const field = document.getElementById("scrub-day");

if (slider && field) {
  const days = slider.dataset.days.split(" ");
  const say = () => {
    const day = days[Number(slider.value)];
    field.value = day;
    slider.setAttribute("aria-valuetext", day);
  };
  slider.hidden = false;
  slider.setAttribute("aria-valuetext", field.value);
  slider.addEventListener("input", say);
  slider.addEventListener("change", () => {
    say();
    slider.form.requestSubmit();
  });
}
