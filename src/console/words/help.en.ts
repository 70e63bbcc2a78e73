// Words of the help and the tour, in English.
export const helpEn = {
  "nav.overview": "Overview",
  "help.title": "Help",
  "help.where":
    "Each page begins with the sentence that it is about. Figures have their unit, times the " +
    "campaign's zone; what is old says so.",
  "help.search": "Go to the filter of the table or the search of the page",
  "help.help": "This help",
  "help.escape": "Close what is open, empty the filter",
  "help.tab": "From one thing to the next; tables scroll with the arrow keys",
  "help.api": "The API that this console uses",
  "help.tour": "Take the tour",
  "tour.offer": "First time here? A look around takes half a minute.",
  "tour.start": "Show me",
  "tour.pass": "No, thank you",
  "tour.next": "Next",
  "tour.back": "Back",
  "tour.done": "Done",
  "tour.campaigns.title": "What is running",
  "tour.campaigns.text":
    "Every campaign with what is left of its budget. What needs attention is said under its " +
    "name. Choose one to see its money, live figures, grants and proof.",
  "tour.pages.title": "Where to go",
  "tour.pages.text":
    "The pages of the server; within a campaign also its own, in the order of a campaign's life.",
  "tour.preferences.title": "Your language, your light",
  "tour.preferences.text":
    "Money and numbers are written as in your language; times stay in the campaign's own zone.",
  "tour.who.title": "Who you are here",
  "tour.who.text":
    "Your key and what it may do. What it may not do is not shown, and the server refuses it " +
    "anyway. Sign out here.",
  "tour.help.title": "Help",
  "tour.help.text": "Press ? anywhere for the keys, and / to search a page.",
};
