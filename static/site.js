// What only a script can add. Every page works without it.
"use strict";
