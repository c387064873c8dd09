//! The load tests' work on an event: reads an order of the key and number it says, adds it up, answers with 100 bytes.
// flags: -C opt-level=3
use std::io::{self, Read, Write};

#[path = "../../../../sdk-templates/kafka-consumer/src/json.rs"]
mod json;
use json::{quoted, Json, Result};

const BYTES: usize = 100;

#[derive(Default)]
struct Order {
    key: String,
    number: u64,
    lines: u64,
    total: u64,
}

impl Order {
    fn parse(text: &str) -> Result<Order> {
        let mut order = Order::default();
        Json::document(text, |json| {
            json.object(|json, name| {
                match name {
                    "key" => order.key = json.string()?.into(),
                    "number" => order.number = whole(json)?,
                    "lines" => json.list(|json| order.add_line(json))?,
                    _ => json.skip()?,
                }
                Ok(())
            })
        })?;
        Ok(order)
    }

    fn add_line(&mut self, json: &mut Json) -> Result<()> {
        let (mut quantity, mut price) = (0, 0);
        json.object(|json, name| {
            match name {
                "quantity" => quantity = whole(json)?,
                "price" => price = whole(json)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        self.lines += 1;
        self.total += quantity * price;
        Ok(())
    }

    fn answer(&self) -> String {
        let Order { number, lines, total, .. } = self;
        let told = format!("{{\"key\":{},\"number\":{number},\"lines\":{lines},\"total\":{total}", quoted(&self.key));
        let blanks = " ".repeat(BYTES.saturating_sub(told.len() + 1));
        told + &blanks + "}"
    }
}

fn whole(json: &mut Json) -> Result<u64> {
    let digits = json.number()?;
    digits.parse().map_err(|e| format!("{digits}: {e}"))
}

fn main() {
    let mut text = String::with_capacity(4096); // more than a usual order, which is then read at once
    io::stdin().read_to_string(&mut text).expect("UTF-8");
    let order = Order::parse(&text).expect("an order");
    io::stdout().write_all(order.answer().as_bytes()).expect("room");
}
