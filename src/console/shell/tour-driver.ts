// The tour's machine with its style; loaded when somebody takes the tour.
import "driver.js/dist/driver.css";
import "./tour.css";

export { driver } from "driver.js";
