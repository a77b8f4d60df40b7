//! stub
use serde_json::Value;
pub fn score(c: &crate::domain::scoring::Scorecard, q: &crate::domain::questionnaire::Questionnaire) -> Value {
    Value::Null
}
pub fn timeline(c: &crate::domain::timeline::Forecast) -> Value {
    Value::Null
}
pub fn profile(c: &crate::domain::profile::Profile) -> Value {
    Value::Null
}
pub fn report(c: &crate::domain::report::Report) -> Value {
    Value::Null
}
pub fn questionnaire(c: &crate::domain::questionnaire::Questionnaire) -> Value {
    Value::Null
}
