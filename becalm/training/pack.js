
"use strict";
const result = document.querySelector(".result");
const answers = {};

function mark(section) {
  const right = section.dataset.right;
  const step = document.querySelector(`.steps a[href="#${section.id}"]`);
  const given = answers[section.id];
  if (!right || !given) return;
  step.className = given === right ? "right" : "wrong";
  step.textContent = step.textContent.replace(/ .*/, "") + (given === right ? " ✓" : " ✗");
}

function tell() {
  const opened = [...document.querySelectorAll(".scenario")].filter(
    (section) => section.dataset.right && answers[section.id] && section.querySelector("details").open
  );
  const right = opened.filter((section) => answers[section.id] === section.dataset.right).length;
  const line = result.querySelector("p");
  line.textContent = line.dataset.score.replace("{right}", right).replace("{scored}", opened.length);
  result.hidden = false;
}

function save() {
  const content = JSON.stringify({ pack: document.body.dataset.pack, answers }, null, 2) + "\n";
  const link = document.createElement("a");
  link.href = "data:application/json;charset=utf-8," + encodeURIComponent(content);
  link.download = `answers-${document.body.dataset.pack}.json`;
  link.click();
}

for (const section of document.querySelectorAll(".scenario")) {
  section.addEventListener("change", (event) => {
    if (section.querySelector("details").dataset.seen) return;
    answers[section.id] = event.target.value;
    tell();
  });
  section.querySelector("details").addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    event.target.dataset.seen = "1";
    for (const input of section.querySelectorAll("input")) input.disabled = true;
    mark(section);
    if (result) tell();
  });
}
if (result) result.querySelector("button").addEventListener("click", save);
