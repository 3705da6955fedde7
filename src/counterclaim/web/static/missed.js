// Escape goes back to the queue. Choosing a kind does not send the form: who walks the list by keys would be sent off at the first.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.getElementById("leave").click();
});
