//! A program of more than 1.5 MiB, of which a plain request runs a few percent: what a cold start of
//! a large program costs. `?run=<n>` runs the n-th of its 2048 functions, `?all` each of them once.
use std::env::var;

type State = [u32; 8];
type Function = fn(&mut State);

fn variable(name: &str) -> String {
    var(name).unwrap_or_default()
}

const fn constant(number: u32, round: u32) -> u32 {
    (number.wrapping_mul(2654435761) ^ round.wrapping_mul(2246822519)).wrapping_add(374761393)
}

/// Straight-line code, so that `opt-level=s` leaves it as large as it is; other constants in each.
macro_rules! round {
    ($s:ident, $round:literal) => {
        $s[0] = $s[0].wrapping_mul(constant(N, $round)).rotate_left((N + $round) % 31 + 1);
        if $s[0] & (1 << ((N + $round) % 29)) != 0 {
            $s[1] = $s[1].wrapping_add($s[0] ^ constant(N, $round + 100));
            $s[2] = ($s[2] ^ $s[1]).rotate_right($round + 3);
        } else {
            $s[3] ^= $s[0].wrapping_sub(constant(N, $round + 200));
            $s[4] = $s[4].wrapping_mul($s[3] | 1);
        }
        $s[5] = $s[5].wrapping_add($s[2] & $s[4]);
        $s[6] ^= $s[5] >> ($round + 1);
        $s[7] = $s[7].wrapping_add($s[6]).rotate_left($round + 5);
    };
}

#[inline(never)]
fn function<const N: u32>(s: &mut State) {
    round!(s, 0);
    round!(s, 1);
    round!(s, 2);
    round!(s, 3);
    round!(s, 4);
    round!(s, 5);
}

macro_rules! sixteen {
    ($of:ident, $from:expr, $step:expr) => {
        [
            $of!($from),
            $of!($from + $step),
            $of!($from + 2 * $step),
            $of!($from + 3 * $step),
            $of!($from + 4 * $step),
            $of!($from + 5 * $step),
            $of!($from + 6 * $step),
            $of!($from + 7 * $step),
            $of!($from + 8 * $step),
            $of!($from + 9 * $step),
            $of!($from + 10 * $step),
            $of!($from + 11 * $step),
            $of!($from + 12 * $step),
            $of!($from + 13 * $step),
            $of!($from + 14 * $step),
            $of!($from + 15 * $step),
        ]
    };
}

macro_rules! one {
    ($n:expr) => {
        function::<{ $n }> as Function
    };
}

macro_rules! row {
    ($from:expr) => {
        sixteen!(one, $from, 1)
    };
}

macro_rules! block {
    ($from:expr) => {
        sixteen!(row, $from, 16)
    };
}

static FUNCTIONS: [[[Function; 16]; 16]; 8] = [
    block!(0),
    block!(256),
    block!(512),
    block!(768),
    block!(1024),
    block!(1280),
    block!(1536),
    block!(1792),
];

const COUNT: usize = 8 * 16 * 16;

fn run(number: usize, state: &mut State) {
    FUNCTIONS[number / 256 % 8][number / 16 % 16][number % 16](state);
}

fn main() {
    print!(
        "Content-Type: text/plain\n\nbulky {} {}{} from {}\n",
        variable("REQUEST_METHOD"),
        variable("SCRIPT_NAME"),
        variable("PATH_INFO"),
        variable("REMOTE_ADDR")
    );
    let query = variable("QUERY_STRING");
    let mut state: State = [1, 2, 3, 4, 5, 6, 7, 8];
    if let Some(number) = query.strip_prefix("run=") {
        run(number.parse().unwrap_or(0), &mut state);
        println!("ran {:08x}", state[7]);
    } else if query == "all" {
        for number in 0..COUNT {
            run(number, &mut state);
        }
        println!("ran {:08x}", state[7]);
    }
}
