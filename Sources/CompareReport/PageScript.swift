extension HTMLPage {
    /// Tells a job's number, start and length under the pointer, or with the arrow keys.
    static let script = """
        "use strict";
        const tip = document.getElementById("tip");
        let on = null;
        function seconds(s) { return s >= 1 ? s.toFixed(2) + " s" : Math.round(s * 1000) + " ms"; }
        function show(rect, x, y) {
          hide();
          on = rect;
          rect.classList.add("on");
          const scale = Number(rect.ownerSVGElement.dataset.scale);
          tip.textContent = "Job " + rect.dataset.j + " · from "
            + seconds(rect.x.baseVal.value * scale) + " · for "
            + seconds(rect.width.baseVal.value * scale);
          tip.hidden = false;
          tip.style.left = Math.max(4, Math.min(x + 12, innerWidth - tip.offsetWidth - 8)) + "px";
          tip.style.top = Math.max(4, y - tip.offsetHeight - 8) + "px";
        }
        function hide() {
          if (on) on.classList.remove("on");
          on = null;
          tip.hidden = true;
        }
        for (const svg of document.querySelectorAll("svg.timeline")) {
          const rects = [...svg.querySelectorAll("rect")]
            .sort((a, b) => Number(a.dataset.j) - Number(b.dataset.j));
          let at = -1;
          svg.addEventListener("pointermove", (event) => {
            if (event.target.dataset.j) show(event.target, event.clientX, event.clientY);
            else hide();
          });
          svg.addEventListener("pointerleave", hide);
          svg.addEventListener("blur", hide);
          svg.addEventListener("keydown", (event) => {
            if (event.key === "ArrowRight") at = Math.min(at + 1, rects.length - 1);
            else if (event.key === "ArrowLeft") at = Math.max(at - 1, 0);
            else if (event.key === "Escape") return hide();
            else return;
            event.preventDefault();
            const box = rects[at].getBoundingClientRect();
            show(rects[at], box.right, box.top);
          });
        }
        """
}
