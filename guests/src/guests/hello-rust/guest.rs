//! The guest of the load tests: one print, a few variables.
use std::env::var;

fn variable(name: &str) -> String {
    var(name).unwrap_or_default()
}

fn main() {
    print!(
        "Content-Type: text/plain\n\nhello {} {}{} from {}\n",
        variable("REQUEST_METHOD"),
        variable("SCRIPT_NAME"),
        variable("PATH_INFO"),
        variable("REMOTE_ADDR")
    );
}
