// The live count of supports, and sharing. The page says everything without this file.
(function () {
  "use strict";
  document.querySelectorAll("[data-share]").forEach(function (button) {
    if (!navigator.share && !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      if (navigator.share) {
        navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(function () {});
      } else {
        navigator.clipboard.writeText(button.dataset.share).then(function () { button.textContent = button.dataset.copied; });
      }
    });
  });
  document.querySelectorAll("[data-live]").forEach(function (section) {
    var place = section.querySelector("[data-live-count]");
    if (!place || !window.EventSource || !section.dataset.live) return;
    var before = place.textContent;
    var source = new EventSource(section.dataset.live);
    source.addEventListener("count", function (event) {
      var told = JSON.parse(event.data);
      if (typeof told.count !== "number") return;
      place.textContent = before.replace(/[\d,]+/, told.count.toLocaleString("en"));
    });
    window.addEventListener("pagehide", function () { source.close(); });
  });
})();
