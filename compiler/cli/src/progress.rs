//! A moving line while something takes longer than a second.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use indicatif::ProgressBar;

use crate::reporter::Reporter;

const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Shows a message until it is dropped.
pub struct Progress {
    done: Option<Sender<()>>,
    shower: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins; nothing is seen in the first second, or where nobody looks.
    pub fn start(reporter: &Reporter, message: &'static str) -> Progress {
        if !reporter.shows_progress() {
            return Progress { done: None, shower: None };
        }
        let (done, wait) = channel();
        Progress { done: Some(done), shower: Some(spawn(move || show(&wait, message))) }
    }
}

fn show(wait: &Receiver<()>, message: &'static str) {
    if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let bar = ProgressBar::new_spinner().with_message(message);
    bar.enable_steady_tick(TICK);
    // Ends when the other side is dropped.
    let _ = wait.recv();
    bar.finish_and_clear();
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done.take();
        if let Some(shower) = self.shower.take() {
            let _ = shower.join();
        }
    }
}
