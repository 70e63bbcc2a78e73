// Words of the help and the tour, in English.
export const helpEn = {
  "nav.overview": "Overview",
  "help.title": "Help",
  "help.where":
    "A page begins with what it says. Figures have units, times a zone; what is old says so.",
  "help.search":
    "To the page's search or filter; else to the Grants of the campaign, or the Campaigns",
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
    "Every campaign, what is left, what needs attention. Choose one for all there is of it.",
  "tour.pages.title": "Where to go",
  "tour.pages.text":
    "The pages of the server; within a campaign also its own, in the order of a campaign's life.",
  "tour.preferences.title": "Your language, your light",
  "tour.preferences.text":
    "Money and numbers are written as in your language; times stay in the campaign's own zone.",
  "tour.who.title": "Who you are here",
  "tour.who.text":
    "Your key and what it may do; what it may not is not shown, and is refused anyway.",
  "tour.help.title": "Help",
  "tour.help.text": "Press ? anywhere for the keys, and / to search.",
};
