"""What runs for each request (app.toml names it)."""

import hello
import mayfly

mayfly.run(hello.application)
