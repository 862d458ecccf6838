// Says what Sphinx and the theme leave out for those who use a keyboard or a screen reader.
for (const caption of document.querySelectorAll(".caption[role=heading]")) {
  caption.ariaLevel = "2";
}
for (const wide of document.querySelectorAll("pre, .table-wrapper")) {
  wide.tabIndex = 0; // it may scroll sideways
}
for (const part of document.querySelectorAll(".sig dl, .sig dd")) {
  part.role = "presentation"; // a signature over several lines is no list of terms
}
